package dev.aeon.apm.cli;

import dev.aeon.apm.message.AgentIdentity;
import picocli.CommandLine.ITypeConverter;

/** Reads an agent as {@code id:type}. */
final class IdentityConverter implements ITypeConverter<AgentIdentity> {
  @Override
  public AgentIdentity convert(String text) {
    return Arguments.identity(text);
  }
}
