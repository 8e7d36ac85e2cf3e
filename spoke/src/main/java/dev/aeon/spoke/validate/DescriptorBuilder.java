package dev.aeon.spoke.validate;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.protoc.Protoc;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Compiles files to one {@code FileDescriptorSet}: the very bytes that a single run of the compiler
 * writes, whatever number of runs made them. For that the runs' outputs are joined in order, and of
 * a file that several of them have, the first counts, as it does within one run. Not thread-safe.
 */
public final class DescriptorBuilder {
  private static final int FILE_TAG = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int NAME_TAG = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private final CompilerRuns runs;
  private final Predicate<String> isWanted;
  private final Set<String> written = new HashSet<>();

  /**
   * A builder of one set.
   *
   * @param hasSourceInfo whether places and comments are kept
   * @param isWanted chooses the files that are written, imports too, by their path
   */
  public DescriptorBuilder(Protoc protoc, boolean hasSourceInfo, Predicate<String> isWanted) {
    this.runs = new CompilerRuns(protoc, hasSourceInfo);
    this.isWanted = isWanted;
  }

  /**
   * Compiles files, and writes those that were not written before.
   *
   * @param roots folders that imports resolve against, in order
   * @param files paths relative to a root
   * @throws SpokeException {@code INVALID_SCHEMA} with all violations where they do not compile
   * @throws IOException where the output cannot be written
   */
  public void build(List<Path> roots, List<String> files, OutputStream out) throws IOException {
    CodedOutputStream coded = CodedOutputStream.newInstance(out);
    for (byte[] set : runs.compile(roots, files, CompilerRuns.Compiled::descriptors)) {
      append(set, coded);
    }
    coded.flush();
  }

  /** How many files were written. */
  public int count() {
    return written.size();
  }

  private void append(byte[] set, CodedOutputStream out) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(set);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != FILE_TAG) {
        throw new IOException("the compiler wrote an unknown field, tag=" + tag);
      }
      int size = in.readRawVarint32();
      int offset = in.getTotalBytesRead();
      in.skipRawBytes(size);
      String name = nameOf(CodedInputStream.newInstance(set, offset, size));
      if (isWanted.test(name) && written.add(name)) {
        out.writeUInt32NoTag(FILE_TAG);
        out.writeUInt32NoTag(size);
        out.writeRawBytes(set, offset, size);
      }
    }
  }

  private static String nameOf(CodedInputStream file) throws IOException {
    for (int tag = file.readTag(); tag != 0; tag = file.readTag()) {
      if (tag == NAME_TAG) {
        return file.readString();
      }
      file.skipField(tag);
    }
    return "";
  }
}
