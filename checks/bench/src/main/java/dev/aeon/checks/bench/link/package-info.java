/**
 * Transports between two hosts: each end is a process in a network namespace of its own, with a
 * pair of virtual Ethernet devices between them.
 *
 * <p>Entry type: {@link dev.aeon.checks.bench.link.LinkBench}. Knows URLs and processes, not what
 * travels between them.
 */
package dev.aeon.checks.bench.link;
