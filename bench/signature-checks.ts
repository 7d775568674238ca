import { sign } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext, Script } from 'node:vm';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { median } from './median.ts';
import { nodePrimitives } from '../trust/primitives.ts';
import { freshKey } from '../trust/private-key.ts';

type Check = (publicKey: string, text: string, signature: Uint8Array) => boolean;
const warmUp = 100;
const checks = 300;
const contexts = 9;
const logger = new DefaultLogger('ERROR');
const { publicKey, privateKey } = await freshKey();
/** As long as an act's claims are. */
const messages = Array.from({ length: warmUp + checks }, (_, index) => `${'x'.repeat(700)}${index}`);
const signatures = messages.map((text) => Uint8Array.from(sign(null, Buffer.from(text), privateKey)));

/** How many signatures a second are checked, once it is warm; the first check of a text is not one. */
function perSecond(check: Check): number {
  const one = (from: number, to: number): void => {
    for (let index = from; index < to; index += 1)
      if (!check(publicKey, messages[index] ?? '', signatures[index] ?? new Uint8Array())) throw new Error('a sound signature was refused');
  };
  one(0, warmUp);
  const began = performance.now();
  one(warmUp, warmUp + checks);
  return Math.round((checks * 1_000) / (performance.now() - began));
}

/** Milliseconds of the first check in a fresh context of the workflow sandbox, and checks a second in it and in Node. */
export async function measureChecks(): Promise<{ readonly sandboxColdMs: number; readonly sandboxWarmPerSec: number; readonly nodePerSec: number }> {
  const workflowsPath = fileURLToPath(new URL('sandbox-checks.ts', import.meta.url));
  const { code } = await bundleWorkflowCode({ workflowsPath, logger });
  const script = new Script(code);
  const fresh = (): Check => {
    const context = createContext({ TextEncoder, TextDecoder, Uint8Array, console, __webpack_module_cache__: {} });
    script.runInContext(context);
    const { isSignatureOf } = runInContext('__TEMPORAL__.importWorkflows()', context) as { readonly isSignatureOf: Check };
    return isSignatureOf;
  };
  const cold = Array.from({ length: contexts }, () => {
    const check = fresh();
    const began = performance.now();
    if (!check(publicKey, messages[0] ?? '', signatures[0] ?? new Uint8Array())) throw new Error('a sound signature was refused');
    return performance.now() - began;
  });
  return {
    sandboxColdMs: Math.round(median(cold) * 10) / 10,
    sandboxWarmPerSec: perSecond(fresh()),
    nodePerSec: perSecond((key, text, signature) => nodePrimitives.isSignatureOf(key, text, signature)),
  };
}
