/**
 * SP over Unix-domain sockets.
 *
 * <p>Entry type: {@link dev.aeon.sp.transport.ipc.IpcTransport}. Knows socket files; leaves what a
 * connection does to the stream package.
 */
package dev.aeon.sp.transport.ipc;
