/**
 * What sockets, brokers and workers meet over: a connection is a ring each way, and a transport
 * makes connections. An SPI: {@link dev.aeon.slabs.transport.Transport} is found by {@link
 * java.util.ServiceLoader}. Must not know what the records say.
 */
package dev.aeon.slabs.transport;
