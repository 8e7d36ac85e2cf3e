package dev.aeon.slabs.ring;

/** Two ends of one ring. */
record RingPair(RingProducer producer, RingConsumer consumer) {}
