/**
 * Sockets as ends of {@link java.util.concurrent.Flow} streams. Entry type: {@link
 * dev.aeon.sp.flow.SpFlow}. Knows senders and receivers; never the rules of a pattern.
 */
package dev.aeon.sp.flow;
