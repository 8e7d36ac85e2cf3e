/**
 * Sockets: messages, calls with their answers, and streams of answers, over any transport, read and
 * written in the slabs that carry them. Entry type: {@link dev.aeon.slabs.rpc.Socket}. Must not
 * know how many brokers or shards are behind an address.
 */
package dev.aeon.slabs.rpc;
