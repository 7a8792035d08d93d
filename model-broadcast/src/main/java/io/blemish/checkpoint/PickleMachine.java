package io.blemish.checkpoint;

import static io.blemish.checkpoint.MalformedFileException.require;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Interprets the pickle of a state dict, and nothing else.
 *
 * <p>A pickle is a program for a stack machine, and a full interpreter runs whatever a file tells it to. This one has
 * the opcodes of protocol 2 that {@code torch.save} emits for a dict of tensors. A class or function is a constant of
 * {@link PickleGlobal}; one that is not in there, like an opcode that is not in here, ends the reading. Nothing is
 * looked up by name, loaded or called.
 *
 * <p>Values are String, Long, Boolean, {@link #NONE}, List (a tuple), {@link Dict}, {@link PickleGlobal}, {@link
 * Storage} and
 * {@link View}. They may contain each other in circles, so none is ever walked through, compared or printed.
 */
final class PickleMachine {
    /** A dict; only one made by OrderedDict() may be given attributes. */
    record Dict(Map<String, Object> entries, boolean ordered) {}

    /** The bytes of one or several tensors, still in the file: its entry's key and its elements. */
    record Storage(String key, DType dtype, long elements) {}

    /** A tensor: a storage, and where in it the elements lie, counted in elements. */
    record View(Storage storage, long offset, long[] shape, long[] strides) {}

    static final Object NONE = new Object();

    private static final Object MARK = new Object();

    /** About 100,000 tensors; a program that needs more wants the memory, not the tensors. */
    private static final int MAX_STEPS = 4_000_000;

    private final ByteBuffer program;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Long, Object> memo = new HashMap<>();

    PickleMachine(ByteBuffer program) {
        this.program = program.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Runs the program to its end and returns the one value that it leaves. */
    Object run() throws MalformedFileException {
        try {
            require(program.get() == (byte) 0x80 && program.get() == 2, "its pickle is not of protocol 2");
            for (int step = 0; step < MAX_STEPS; step++) {
                int opcode = program.get() & 0xFF;
                if (opcode == '.') {
                    return result();
                }
                execute(opcode);
            }
        } catch (BufferUnderflowException e) {
            throw new MalformedFileException("its pickle ends too early");
        }

        throw new MalformedFileException("its pickle takes more than " + MAX_STEPS + " steps");
    }

    private Object result() throws MalformedFileException {
        Object value = pop();
        require(stack.isEmpty(), "its pickle leaves more than one value");
        require(!program.hasRemaining(), "its pickle goes on after its end");
        return value;
    }

    private void execute(int opcode) throws MalformedFileException {
        switch (opcode) {
            case '(' -> push(MARK);
            case 'N' -> push(NONE);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'K' -> push((long) (program.get() & 0xFF));
            case 'M' -> push((long) (program.getShort() & 0xFFFF));
            case 'J' -> push((long) program.getInt());
            case 0x8A -> push(longInteger());
            case 'X' -> push(text());
            case ')' -> push(List.of());
            case 0x85 -> push(List.copyOf(popLast(1)));
            case 0x86 -> push(List.copyOf(popLast(2)));
            case 0x87 -> push(List.copyOf(popLast(3)));
            case 't' -> push(List.copyOf(popToMark()));
            case '}' -> push(new Dict(new LinkedHashMap<>(), false));
            case 's' -> setItems(popLast(2));
            case 'u' -> setItems(popToMark());
            case 'q' -> memo.put((long) (program.get() & 0xFF), top());
            case 'r' -> memo.put(program.getInt() & 0xFFFFFFFFL, top());
            case 'h' -> push(remembered(program.get() & 0xFF));
            case 'j' -> push(remembered(program.getInt() & 0xFFFFFFFFL));
            case 'c' -> push(PickleGlobal.named(line(), line()));
            case 'Q' -> push(PickleGlobal.storage(pop()));
            case 'R' -> reduce();
            case 'b' -> build();
            default ->
                throw new MalformedFileException("its pickle has the opcode 0x" + Integer.toHexString(opcode)
                        + ", which a state dict does not need");
        }
    }

    private void reduce() throws MalformedFileException {
        Object arguments = pop();
        Object function = pop();
        require(
                function instanceof PickleGlobal && arguments instanceof List,
                "its pickle calls something that is not a function");
        push(((PickleGlobal) function).call((List<?>) arguments));
    }

    /** Attributes of an OrderedDict: PyTorch keeps the modules' versions there, which no one needs. */
    private void build() throws MalformedFileException {
        boolean metadata =
                pop() instanceof Dict state && state.entries().keySet().stream().allMatch("_metadata"::equals);
        boolean ordered = top() instanceof Dict target && target.ordered();
        require(metadata && ordered, "its pickle sets attributes of an object");
    }

    private void setItems(List<Object> pairs) throws MalformedFileException {
        require(top() instanceof Dict && pairs.size() % 2 == 0, "its pickle fills something that is not a dict");
        Map<String, Object> entries = ((Dict) top()).entries();
        for (int i = 0; i < pairs.size(); i += 2) {
            require(pairs.get(i) instanceof String, "a key of its pickle is not text");
            String key = (String) pairs.get(i);
            if (entries.put(key, pairs.get(i + 1)) != null) {
                // Put together only now: a key may be megabytes long, and be recalled millions of times
                throw new MalformedFileException("its pickle holds " + key + " twice");
            }
        }
    }

    private Object remembered(long index) throws MalformedFileException {
        Object value = memo.get(index);
        require(value != null, "its pickle recalls the value " + index + ", which it never kept");
        return value;
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() throws MalformedFileException {
        Object value = top();
        stack.remove(stack.size() - 1);
        return value;
    }

    private Object top() throws MalformedFileException {
        require(!stack.isEmpty() && stack.get(stack.size() - 1) != MARK, "its pickle takes a value that is not there");
        return stack.get(stack.size() - 1);
    }

    private List<Object> popLast(int count) throws MalformedFileException {
        require(stack.size() >= count, "its pickle takes a value that is not there");
        List<Object> last = stack.subList(stack.size() - count, stack.size());
        List<Object> values = new ArrayList<>(last);
        require(!values.contains(MARK), "its pickle takes a value that is not there");
        last.clear();
        return values;
    }

    private List<Object> popToMark() throws MalformedFileException {
        int mark = stack.lastIndexOf(MARK);
        require(mark >= 0, "its pickle looks for a mark that is not there");
        List<Object> values = new ArrayList<>(stack.subList(mark + 1, stack.size()));
        stack.subList(mark, stack.size()).clear();
        return values;
    }

    private long longInteger() throws MalformedFileException {
        int length = program.get() & 0xFF;
        require(length <= Long.BYTES, "its pickle has an integer of " + length + " bytes");
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (program.get() & 0xFFL) << (8 * i);
        }
        int unused = Long.SIZE - 8 * length;
        return length == 0 ? 0 : value << unused >> unused;
    }

    private String text() throws MalformedFileException {
        long length = program.getInt() & 0xFFFFFFFFL;
        require(length <= program.remaining(), "its pickle ends too early");
        byte[] bytes = new byte[(int) length];
        program.get(bytes);
        return new String(bytes, UTF_8);
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        for (char c = (char) (program.get() & 0xFF); c != '\n'; c = (char) (program.get() & 0xFF)) {
            line.append(c);
        }

        return line.toString();
    }
}
