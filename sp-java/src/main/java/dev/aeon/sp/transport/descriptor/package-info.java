/**
 * SP over connections that another program made and handed over as a descriptor.
 *
 * <p>Entry type: {@link dev.aeon.sp.transport.descriptor.SocketTransport}. Knows descriptors'
 * numbers; leaves what a connection does to the stream package.
 */
package dev.aeon.sp.transport.descriptor;
