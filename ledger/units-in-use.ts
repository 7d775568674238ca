import type { UnitsInUse } from '../domain/rules/quota-headroom.ts';
import { type Database, query } from './database.ts';

/** Units that orders hold or have had shipped, by customer and product: what quotas count. Units given back count for nothing. */
export const unitsInUse = (database: Database): Promise<UnitsInUse[]> =>
  query<UnitsInUse & Record<string, unknown>>(
    database,
    `select orders.terms->>'customer' as customer, orders.terms->>'product' as product, sum(reservation_lots.units) as units
     from reservations
     join reservation_lots on reservation_lots.reservation_key = reservations.key
     join orders on orders.id = reservations.order_id
     where reservations.state in ('reserved', 'shipped')
     group by 1, 2 order by 1, 2`,
  );
