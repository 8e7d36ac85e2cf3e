/**
 * Several processes that write one channel, of which one at a time owns it. Entry type: {@link
 * dev.aeon.apm.channel.shared.SharedChannels}. Knows no kind of channel.
 */
@NullMarked
package dev.aeon.apm.channel.shared;

import org.jspecify.annotations.NullMarked;
