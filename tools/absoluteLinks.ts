/** Where the files of a release are on GitHub. */
export interface ReleaseSource {
  /** The address of the repository, such as `https://github.com/example/groups`. */
  repository: string;
  tag: string;
}

const fencedBlockOrLink = /^```.*?^```$|(!?)\[([^\]]*)\]\(([^)\s]+)\)/gms;

/**
 * Returns a Markdown text whose relative links lead to the files of a release on GitHub.
 *
 * npm shows a README apart from its repository, so relative links lead nowhere there.
 *
 * @param folder The folder of the Markdown file inside the repository. The root folder is "".
 */
export function makeLinksAbsolute(markdown: string, { repository, tag }: ReleaseSource, folder = ""): string {
  return markdown.replaceAll(fencedBlockOrLink, (match: string, bang: string | undefined, label = "", target = "") => {
    if (bang === undefined || target.startsWith("#")) return match;
    // GitHub shows a file under `blob` as a page, and an image must be the file itself.
    const base = `${repository}/${bang ? "raw" : "blob"}/${tag}/${folder === "" ? "" : `${folder}/`}`;
    return `${bang}[${label}](${new URL(target, base)})`;
  });
}
