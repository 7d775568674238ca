/**
 * What judging a signature needs of the platform: the workflow sandbox has no `node:crypto`, a verifier needs no library. All of it is
 * synchronous, since an Update validator cannot wait.
 */
export interface Primitives {
  /** The bytes of base64url text; undefined unless it is the one way to write them (no padding, no spare bits). */
  bytesOf(base64url: string): Uint8Array | undefined;
  /** UTF-8; undefined where the bytes are none. */
  textOf(bytes: Uint8Array): string | undefined;
  /** RFC 8785. */
  canonicalText(value: unknown): string;
  /** SHA-256 of UTF-8, as 64 hexadecimal digits. */
  digestOf(text: string): string;
  /**
   * Whether this is the Ed25519 signature (RFC 8032, canonical S) of the text's ASCII bytes by the public key (32 bytes in base64url);
   * false for a key that is no sound point.
   */
  isSignatureOf(publicKey: string, text: string, signature: Uint8Array): boolean;
}
