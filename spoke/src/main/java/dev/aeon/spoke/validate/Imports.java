package dev.aeon.spoke.validate;

import dev.aeon.spoke.model.ModuleContent;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The imports of a module. It reads import statements only: enough to find dependencies; whether a
 * file is legal is the compiler's to say.
 */
public final class Imports {
  private static final String WELL_KNOWN = "google/protobuf/";

  private Imports() {}

  /** The paths that the files import and the module itself does not have. */
  public static SortedSet<String> ofOthers(ModuleContent content) {
    SortedSet<String> imports = new TreeSet<>();
    for (byte[] bytes : content.files().values()) {
      collect(new Tokens(new String(bytes, StandardCharsets.UTF_8)), imports);
    }
    content.files().keySet().forEach(own -> imports.remove(own.value()));
    imports.removeIf(path -> path.startsWith(WELL_KNOWN));
    return imports;
  }

  private static void collect(Tokens tokens, SortedSet<String> imports) {
    boolean isStatementStart = true;
    boolean isImport = false;
    for (String token = tokens.next(); token != null; token = tokens.next()) {
      if (isImport && Tokens.isString(token)) {
        imports.add(Tokens.content(token));
      }
      isImport = isStatementStart ? token.equals("import") : isImport && !token.equals(";");
      isStatementStart = token.equals(";") || token.equals("}");
    }
  }
}
