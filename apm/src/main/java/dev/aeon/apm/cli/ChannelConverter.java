package dev.aeon.apm.cli;

import dev.aeon.apm.channel.ChannelName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a channel's name. */
final class ChannelConverter implements ITypeConverter<ChannelName> {
  @Override
  public ChannelName convert(String text) {
    return ChannelName.parse(text)
        .orElseThrow(() ->
            new TypeConversionException("not of the form SENDER_to_RECEIVER: '" + text + "'"));
  }
}
