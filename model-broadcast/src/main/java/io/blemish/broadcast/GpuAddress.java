package io.blemish.broadcast;

import io.blemish.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Translates the address by which Spark's scheduler knows a GPU into the ordinal by which CUDA knows it in this
 * process.
 *
 * <p>An address is what the discovery script printed: an index ({@code 2}), a GPU's UUID ({@code GPU-8932f937-…}), or a
 * MIG instance's ({@code MIG-3f5a…}, or {@code MIG-GPU-8932f937-…/1/0} before driver 470). Where {@code
 * CUDA_VISIBLE_DEVICES} is set, CUDA numbers the devices that it lists from 0 in its order, ends the list at its first
 * invalid entry, accepts UUIDs cut to a unique prefix, and shows a process no more than one MIG instance.
 *
 * <p>CUDA programming guide, "CUDA environment variables"; NVIDIA MIG user guide, "CUDA device enumeration".
 */
public final class GpuAddress {
    private static final String ACT = "run on the GPU (device: gpu)";
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,4}");
    private static final Pattern UUID = Pattern.compile("gpu-[0-9a-f][0-9a-f-]*");
    private static final Pattern MIG =
            Pattern.compile("mig-[0-9a-f][0-9a-f-]*|mig-gpu-[0-9a-f][0-9a-f-]*/[0-9]+/[0-9]+");

    private GpuAddress() {}

    /** The ordinal of the GPU at this address; a {@link UserException} if CUDA does not show it to this process. */
    public static int ordinal(String address, CudaEnvironment cuda) {
        String wanted = normal(address);
        if (!isDevice(wanted)) {
            throw refusal(
                    "Spark assigned the address " + address + ", which is neither an index nor a UUID",
                    "Let the discovery script (spark.executor.resource.gpu.discoveryScript) print indices, GPU-… or"
                            + " MIG-…");
        }

        int ordinal =
                cuda.visible().isPresent() ? listed(wanted, cuda.visible().get()) : unlisted(wanted, cuda.devices());
        if (cuda.devices() > 0 && ordinal >= cuda.devices()) {
            throw refusal(
                    "Spark assigned the GPU " + address + ", and CUDA shows this process " + cuda.devices()
                            + " device(s)",
                    "Check the discovery script and CUDA_VISIBLE_DEVICES on the executors");
        }

        return ordinal;
    }

    private static int unlisted(String wanted, int devices) {
        if (INDEX.matcher(wanted).matches()) {
            return Integer.parseInt(wanted);
        }

        // A container that was given one GPU or MIG instance shows that one alone, mostly without CUDA_VISIBLE_DEVICES.
        if (devices == 1) {
            return 0;
        }

        throw refusal(
                "Spark assigned the GPU " + wanted
                        + " by UUID, and without CUDA_VISIBLE_DEVICES its ordinal is unknown",
                "Set spark.executorEnv.CUDA_VISIBLE_DEVICES to the UUIDs of the host's GPUs, or let the discovery"
                        + " script print indices");
    }

    private static int listed(String wanted, String list) {
        List<String> visible = visible(list);
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < visible.size(); i++) {
            if (matches(visible.get(i), wanted)) {
                found.add(i);
            }
        }

        if (found.size() == 1) {
            return found.get(0);
        }

        if (found.isEmpty() && visible.size() == 1 && isIndex(visible.get(0)) != isIndex(wanted)) {
            // An index and a UUID cannot be compared; where CUDA shows one device only, there is no choice either.
            return 0;
        }

        String cause = found.isEmpty() ? "does not show it" : "names it more than once";
        throw refusal(
                "Spark assigned the GPU " + wanted + ", and CUDA_VISIBLE_DEVICES=" + list + " " + cause,
                "Let CUDA_VISIBLE_DEVICES on the executors (spark.executorEnv.CUDA_VISIBLE_DEVICES) name each GPU once,"
                        + " and the discovery script print it in the same way, as an index or as a UUID");
    }

    /** The entries that CUDA takes from the list. */
    private static List<String> visible(String list) {
        List<String> visible = new ArrayList<>();
        for (String part : list.split(",", -1)) {
            String entry = normal(part);
            boolean mig = MIG.matcher(entry).matches();
            if (!isDevice(entry) || (mig && !visible.isEmpty())) {
                break;
            }

            visible.add(entry);
            if (mig) {
                break;
            }
        }

        return visible;
    }

    /** Whether an entry of the list means the device: equal numbers, or a UUID or the beginning of one. */
    private static boolean matches(String entry, String wanted) {
        if (isIndex(entry) || isIndex(wanted)) {
            return isIndex(entry) && isIndex(wanted) && Integer.parseInt(entry) == Integer.parseInt(wanted);
        }

        int entrySlash = entry.indexOf('/');
        int wantedSlash = wanted.indexOf('/');
        if (entrySlash < 0 || wantedSlash < 0) {
            return entrySlash == wantedSlash && wanted.startsWith(entry);
        }

        return wanted.substring(wantedSlash).equals(entry.substring(entrySlash))
                && wanted.substring(0, wantedSlash).startsWith(entry.substring(0, entrySlash));
    }

    private static boolean isIndex(String address) {
        return INDEX.matcher(address).matches();
    }

    private static boolean isDevice(String address) {
        return isIndex(address)
                || UUID.matcher(address).matches()
                || MIG.matcher(address).matches();
    }

    private static String normal(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }

    static UserException refusal(String cause, String cure) {
        return UserException.cannot(ACT, cause, cure);
    }
}
