/** Exit codes, the same for every command. */
export const exitCodes = { done: 0, failed: 1, usage: 2, refused: 3, unreachable: 4, interrupted: 130 } as const;

/** A command that could not do what was asked: its exit code, a stable code for scripts, a sentence for a person. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly exitCode: number;
  readonly code: string;

  constructor(exitCode: number, code: string, message: string) {
    super(message);
    this.exitCode = exitCode;
    this.code = code;
  }
}

export const usage = (message: string, code = 'usage'): CommandFailure => new CommandFailure(exitCodes.usage, code, message);
export const refused = (code: string, message: string): CommandFailure => new CommandFailure(exitCodes.refused, code, message);
