package dev.aeon.slabs.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Generated sources, compiled with every warning an error, and their classes by name. */
record Compiled(ClassLoader loader) {
  static Compiled of(Map<String, String> sources, Path folder) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<JavaFileObject> files =
        sources.entrySet().stream().map(each -> source(each.getKey(), each.getValue())).toList();
    List<String> options =
        List.of(
            "-Xlint:all,-classfile,-processing,-path",
            "-Werror",
            "-d",
            folder.toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    boolean isCompiled = compiler.getTask(said, null, null, options, null, files).call();
    assertThat(isCompiled).as(said.toString()).isTrue();
    return new Compiled(
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, Compiled.class.getClassLoader()));
  }

  private static JavaFileObject source(String path, String text) {
    return new SimpleJavaFileObject(URI.create("mem:///" + path), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  Instance over(String className, MemorySegment memory, long byteOffset) throws Exception {
    Instance made = new Instance(loader.loadClass(className).getConstructor().newInstance());
    made.call("over", memory, byteOffset);
    return made;
  }

  Object constant(String className, String name) throws Exception {
    return loader.loadClass(className).getField(name).get(null);
  }

  /** A value of an enum. */
  Object value(String className, String name) throws Exception {
    return constant(className, name);
  }

  /** A record, whose methods are called by their names. */
  record Instance(Object target) {
    Object call(String method, Object... arguments) throws Exception {
      Method found =
          Arrays.stream(target.getClass().getMethods())
              .filter(each -> each.getName().equals(method) && takes(each, arguments))
              .findFirst()
              .orElseThrow(() -> new NoSuchMethodException(method));
      try {
        return found.invoke(target, arguments);
      } catch (InvocationTargetException thrown) {
        throw (Exception) thrown.getCause();
      }
    }

    Instance inner(String method, Object... arguments) throws Exception {
      return new Instance(call(method, arguments));
    }

    private static boolean takes(Method method, Object... arguments) {
      if (method.getParameterCount() != arguments.length) {
        return false;
      }
      for (int i = 0; i < arguments.length; i++) {
        Class<?> type = method.getParameterTypes()[i];
        if (!type.isPrimitive() && !type.isInstance(arguments[i])) {
          return false;
        }
      }
      return true;
    }
  }
}
