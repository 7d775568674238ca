-- Up Migration

-- The faults that there are stand in domain/faults.ts; who plants one is checked against that list.
alter table simulated_faults drop constraint simulated_faults_fault_check;

-- Down Migration
-- Forward only.
