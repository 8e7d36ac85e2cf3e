/**
 * Forwarders that stand between sockets. Entry type: {@link dev.aeon.sp.device.Device}. Knows raw
 * sockets alone; never the rules of a pattern.
 */
package dev.aeon.sp.device;
