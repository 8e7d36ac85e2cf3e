/**
 * Embedded shards: vectors in slabs, a table of passages beside them, and the Harmonics program
 * that finds the nearest. Entry type: {@link dev.aeon.fleet.index.ShardIndex}. Knows slabs and
 * programs; must not know processes or messages.
 */
package dev.aeon.fleet.index;
