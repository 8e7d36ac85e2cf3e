/**
 * SP over WebSocket ({@code ws://}, {@code wss://}; sp-wire A1): an HTTP upgrade that names the
 * protocol, then one binary message for each of SP's.
 *
 * <p>Entry type: {@link dev.aeon.sp.transport.ws.WebSocketTransport}. Apache HttpCore reads and
 * writes the HTTP; frames are the wire package's.
 */
package dev.aeon.sp.transport.ws;
