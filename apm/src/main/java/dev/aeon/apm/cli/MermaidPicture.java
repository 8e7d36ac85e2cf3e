package dev.aeon.apm.cli;

import dev.aeon.apm.store.DeadLetter;

/** A conversation as a sequence diagram of Mermaid, which many pages show. */
final class MermaidPicture {
  private MermaidPicture() {}

  static String of(Conversation conversation) {
    StringBuilder picture = new StringBuilder("sequenceDiagram");
    conversation.agents().forEach(agent -> picture.append("\n  participant ").append(agent));
    conversation.messages().forEach(each -> picture.append("\n  ").append(line(each)));
    conversation.deadLetters().forEach(each -> picture.append("\n  ").append(line(each)));
    return picture.toString();
  }

  private static String line(Recorded recorded) {
    String arrow = recorded.message().type().isAcknowledged() ? "->>" : "-->>";
    return recorded.channel().sender()
        + arrow
        + recorded.channel().receiver()
        + ": "
        + recorded.message().envelope().typeName()
        + " "
        + plain(Summary.of(recorded.message()));
  }

  private static String line(DeadLetter letter) {
    return "Note over "
        + letter.message().sender().agentId()
        + ": FAILED "
        + letter.reason()
        + " "
        + letter.errorCode();
  }

  /** Semicolons end a line there, and a hash begins a character's number. */
  private static String plain(String text) {
    return text.replace("#", "#35;").replace(";", "#59;").replace("#35#59;", "#35;");
  }
}
