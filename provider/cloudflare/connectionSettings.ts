/** How a request authenticates. Cloudflare recommends a token. An email with a global API key is the older form. */
export type Credential = { apiToken: string } | { email: string; apiKey: string };

/** Where the API is, and how requests authenticate. */
export interface ConnectionSettings {
  /** The API's address without a slash at the end. */
  baseUrl: string;
  credential: Credential;
}
