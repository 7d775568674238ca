import { sandboxPrimitives } from '../workflows/primitives.ts';

/** Bundled as workflow code is, so that the sandbox is measured and not Node. */
export const isSignatureOf = (publicKey: string, text: string, signature: Uint8Array): boolean => sandboxPrimitives.isSignatureOf(publicKey, text, signature);
