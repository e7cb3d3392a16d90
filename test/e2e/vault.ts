import { createServer } from "node:http";
import { json } from "node:stream/consumers";

/** The value of `--secrets-provider` for a stack whose key is in the vault. */
export const vaultProvider = "hashivault://tests";

let settings: Promise<NodeJS.ProcessEnv> | undefined;

/**
 * Starts a stand-in of HashiCorp Vault for this process, and returns the variables by which the CLI finds it.
 *
 * The CLI derives the key of a stack from a passphrase. That is a quarter of the time of a command. The vault returns the key
 * at once, because it leaves it in plain text. The CLI encrypts the stack's secrets with the key as always.
 */
export function findVault(): Promise<NodeJS.ProcessEnv> {
  settings ??= new Promise((resolve, reject) => {
    const server = createServer(async (request, response) => {
      const { plaintext, ciphertext } = (await json(request)) as { plaintext?: string; ciphertext?: string };
      const data = request.url?.includes("/encrypt/") ? { ciphertext: plaintext } : { plaintext: ciphertext };
      response.setHeader("Content-Type", "application/json").end(JSON.stringify({ data }));
    });
    server.on("error", reject).listen(0, "127.0.0.1", () => {
      // The server must not keep a process alive.
      server.unref();
      const address = server.address();
      const port = typeof address === "object" ? address?.port : undefined;
      resolve({ VAULT_SERVER_URL: `http://127.0.0.1:${port}`, VAULT_SERVER_TOKEN: "none" });
    });
  });
  return settings;
}
