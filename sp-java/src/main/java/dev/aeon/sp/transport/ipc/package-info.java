/**
 * SP over Unix-domain sockets, by path or by abstract name.
 *
 * <p>Entry types: {@link dev.aeon.sp.transport.ipc.IpcTransport}, {@link
 * dev.aeon.sp.transport.ipc.AbstractTransport}. Knows names and socket files; leaves what a
 * connection does to the stream package.
 */
package dev.aeon.sp.transport.ipc;
