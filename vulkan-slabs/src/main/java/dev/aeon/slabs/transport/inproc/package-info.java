/**
 * Connections between threads of one process: both ends use the same two rings. Entry type: {@link
 * dev.aeon.slabs.transport.inproc.InprocTransport}.
 */
package dev.aeon.slabs.transport.inproc;
