/**
 * Sockets of Aeon and of what a user would pick instead, driven the same way.
 *
 * <p>Entry type: {@link dev.aeon.checks.bench.messaging.MessagingSystem}. Knows nothing of what is
 * measured, nor of slabs and rings.
 */
package dev.aeon.checks.bench.messaging;
