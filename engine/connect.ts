import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { defaultTaskQueue } from '../workflows/messages.ts';
import { EngineError, messageOf } from './errors.ts';
import { findHome, isEngineNamed, readRun, type Run } from './home.ts';

const notFound = 5;

/** A connected client and where it leads. */
export interface Engine {
  readonly client: Client;
  readonly connection: Connection;
  readonly taskQueue: string;
  /** Address of the Temporal UI where it is known. */
  readonly ui: string | undefined;
  close(): Promise<void>;
}

/** The Temporal UI's page of one order. No run id and no trailing slash: the newest run opens. */
export const orderLink = (ui: string, namespace: string, workflowId: string): string =>
  `${ui}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}`;

/**
 * Connects to the Temporal server that the environment names, else to the one of the running `twokey start`. Throws
 * `engine-unreachable` with what to do.
 */
export async function connectEngine(environment: NodeJS.ProcessEnv = process.env): Promise<Engine> {
  const run = readRun(findHome(process.cwd(), environment));
  if (isEngineNamed(environment)) {
    const { connectionOptions, namespace } = profileOf();
    return await connected(connectionOptions, namespace ?? 'default', environment['TWOKEY_TASK_QUEUE'] ?? defaultTaskQueue, environment['TEMPORAL_UI_URL']);
  }
  if (!run)
    throw new EngineError(
      'engine-unreachable',
      'no Temporal server is known here: run `npm start` in this folder first (and leave it running), or set TEMPORAL_ADDRESS',
    );
  return await connectRun(run);
}

function profileOf(): ReturnType<typeof loadClientConnectConfig> {
  try {
    return loadClientConnectConfig();
  } catch (error) {
    throw new EngineError('engine-unreachable', `the Temporal profile cannot be read (${messageOf(error)}): correct TEMPORAL_PROFILE or TEMPORAL_CONFIG_FILE`, {
      cause: error,
    });
  }
}

export const connectRun = (run: Pick<Run, 'address' | 'namespace' | 'taskQueue' | 'ui'>): Promise<Engine> =>
  connected({ address: run.address }, run.namespace, run.taskQueue, run.ui ?? undefined);

type ConnectionOptions = NonNullable<Parameters<typeof Connection.connect>[0]>;

async function connected(options: ConnectionOptions, namespace: string, taskQueue: string, ui: string | undefined): Promise<Engine> {
  const address = options.address ?? 'localhost:7233';
  try {
    const connection = await Connection.connect({ connectTimeout: 5_000, ...options });
    await connection.withDeadline(Date.now() + 5_000, () => connection.workflowService.describeNamespace({ namespace }));
    return { client: new Client({ connection, namespace }), connection, taskQueue, ui, close: () => connection.close() };
  } catch (error) {
    const why = isGrpcServiceError(error) && Number(error.code) === notFound ? `has no namespace ${namespace}` : `does not answer (${messageOf(error)})`;
    throw new EngineError('engine-unreachable', `the Temporal server at ${address} ${why}: start it with npm start, or correct the TEMPORAL_ variables`, {
      cause: error,
    });
  }
}
