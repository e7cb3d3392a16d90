import { describeRuntime } from "./scenario";

describeRuntime("oldest");
