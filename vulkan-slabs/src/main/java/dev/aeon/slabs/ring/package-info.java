/**
 * Queues of variable-length records in a slab, between one producer and one consumer. Entry type:
 * {@link dev.aeon.slabs.ring.SpscRing}. Must not know what the records say, nor Vulkan.
 */
package dev.aeon.slabs.ring;
