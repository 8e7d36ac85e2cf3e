/**
 * The layout of what travels between sockets, brokers and workers, and the keyed hash that names
 * requests and places keys. Entry type: {@link dev.aeon.slabs.frame.Frame}. Must not know how
 * frames travel.
 */
package dev.aeon.slabs.frame;
