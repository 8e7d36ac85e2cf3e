/**
 * Queues of records in a slab, between threads or processes. Entry types: {@link
 * dev.aeon.slabs.ring.SpscRing} from one producer to one consumer; {@link
 * dev.aeon.slabs.ring.RingProducer} and {@link dev.aeon.slabs.ring.RingConsumer} are the ends of
 * any ring. Must not know what the records say, nor Vulkan.
 */
package dev.aeon.slabs.ring;
