package dev.aeon.checks.interop;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Notes each test in the {@link InteropReport}: the display name of its class is the table, its own
 * is {@code row | column}.
 */
final class InteropTable implements TestWatcher {
  private static final String OK = "ok";

  @Override
  public void testSuccessful(ExtensionContext context) {
    note(context, OK);
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    note(context, "FAIL");
  }

  private static void note(ExtensionContext context, String outcome) {
    String table =
        context.getParent().flatMap(ExtensionContext::getParent).map(InteropTable::name).orElse("");
    String[] cell = context.getDisplayName().split("\\|", 2);
    report(context).note(table, cell[0].strip(), cell[1].strip(), outcome);
  }

  private static String name(ExtensionContext context) {
    return context.getDisplayName();
  }

  private static InteropReport report(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .getOrComputeIfAbsent(
            InteropReport.class, type -> new InteropReport(), InteropReport.class);
  }
}
