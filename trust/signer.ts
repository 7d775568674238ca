/** Something that signs with one key and does not give it away: a key file, or a command of somebody else's. */
export interface Signer {
  /** The key's id: its JWK thumbprint (RFC 7638, SHA-256, base64url). */
  readonly keyId: string;
  /** Who holds the key, as the keyring names the person. */
  readonly holder: string;
  /** The Ed25519 signature (RFC 8032, 64 bytes) of these bytes. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}
