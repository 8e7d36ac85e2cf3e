/**
 * Connections between processes of one machine over two slabs that they share; a Unix socket hands
 * over their descriptors and tells when a process has gone. Entry type: {@link
 * dev.aeon.slabs.transport.shared.SharedTransport}. What a peer writes into the slabs is not
 * trusted.
 */
package dev.aeon.slabs.transport.shared;
