/**
 * The one between clients and workers: a broker's single thread scatters requests to shards by the
 * hash of their key and gathers the answers, moves hash ranges between workers that come and go,
 * and fans out what is published. Entry type: {@link dev.aeon.slabs.broker.Broker}. Must not know
 * what bodies say.
 */
package dev.aeon.slabs.broker;
