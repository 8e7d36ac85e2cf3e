/**
 * Channels over SP sockets: one PULL inbox per agent, to which every sender dials a PUSH. Entry
 * type: {@link dev.aeon.apm.channel.sp.SpChannels}. Knows lines, not what they say.
 */
package dev.aeon.apm.channel.sp;
