/**
 * Kinds of channels side by side. Entry type: {@link
 * dev.aeon.apm.channel.combined.CombinedChannels}. Knows no kind.
 */
package dev.aeon.apm.channel.combined;
