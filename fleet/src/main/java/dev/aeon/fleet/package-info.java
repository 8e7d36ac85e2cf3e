/**
 * The {@code aeon} command: the assembled product. Entry type: {@link dev.aeon.fleet.Fleet}. Knows
 * the command line only; the fleet itself is in {@code manager} and {@code agent}.
 */
package dev.aeon.fleet;
