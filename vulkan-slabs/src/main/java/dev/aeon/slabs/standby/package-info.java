/**
 * Brokers that stand by for one that dies, and clients and workers that go over to the next: over
 * one file that only one broker at a time can lock. Entry type: {@link
 * dev.aeon.slabs.standby.StandbyBroker}. Must not know how a broker keeps its requests.
 */
package dev.aeon.slabs.standby;
