/** Secrets that are as hard to guess as the server's own. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const LENGTH = 32;
// As many bytes for each character; those that would be more for some of them are not used.
const USED_BYTES = 256 - (256 % ALPHABET.length);

/** 32 characters of [a-zA-Z0-9]. */
export function newSecret(): string {
  let secret = "";
  while (secret.length < LENGTH) {
    // What else crypto has is missing where a page comes without HTTPS.
    const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
    for (const byte of bytes.filter((byte) => byte < USED_BYTES)) {
      secret += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return secret.slice(0, LENGTH);
}
