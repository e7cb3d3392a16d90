import { describeRuntime } from "./scenario";

describeRuntime("newest");
