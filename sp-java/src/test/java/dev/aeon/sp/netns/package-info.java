/**
 * Datagrams over real links: each side is a process in a network namespace of its own. Needs root,
 * {@code ip} and {@code /dev/net/tun}; skipped with a sentence where one is missing.
 *
 * <p>Entry type: {@link dev.aeon.sp.netns.NamespaceLink}.
 */
package dev.aeon.sp.netns;
