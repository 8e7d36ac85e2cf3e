/**
 * Versions in PostgreSQL and an S3-compatible object store, for any number of servers. Entry type:
 * {@link dev.aeon.spoke.store.distributed.DistributedStore}. It knows no compiler and no server.
 */
package dev.aeon.spoke.store.distributed;
