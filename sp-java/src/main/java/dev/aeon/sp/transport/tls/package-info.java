/**
 * TLS as a layer over any byte stream, and SP over it ({@code tls+tcp://}).
 *
 * <p>Entry types: {@link dev.aeon.sp.transport.tls.TlsTransport}, {@link
 * dev.aeon.sp.transport.tls.TlsLayer}, {@link dev.aeon.sp.transport.tls.TlsContexts}. JSSE does the
 * cryptography; this package moves its bytes. Knows no messages.
 */
package dev.aeon.sp.transport.tls;
