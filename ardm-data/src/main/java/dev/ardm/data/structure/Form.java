package dev.ardm.data.structure;

import dev.ardm.data.DataException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Image formats other than PNG, by how their files begin. */
enum Form {
    JPEG("\u00FF\u00D8\u00FF") {
        @Override
        Structure structure(byte[] bytes, String file) throws DataException {
            return Jpeg.structure(new Fields(bytes, file, ByteOrder.BIG_ENDIAN));
        }
    },
    GIF("GIF87a|GIF89a") {
        @Override
        Structure structure(byte[] bytes, String file) throws DataException {
            return Gif.structure(new Fields(bytes, file, ByteOrder.LITTLE_ENDIAN));
        }
    },
    TIFF("II*\0|MM\0*|II+\0|MM\0+") {
        @Override
        Structure structure(byte[] bytes, String file) throws DataException {
            return Tiff.structure(bytes, file);
        }
    },
    WEBP("RIFF....WEBP") {
        @Override
        Structure structure(byte[] bytes, String file) throws DataException {
            return Webp.structure(new Fields(bytes, file, ByteOrder.LITTLE_ENDIAN));
        }
    },
    BMP("BM") {
        @Override
        Structure structure(byte[] bytes, String file) throws DataException {
            return Bmp.structure(new Fields(bytes, file, ByteOrder.LITTLE_ENDIAN));
        }
    },
    PORTABLE_MAP("P?\n|P?\r|P? |P?\t|P?#") {
        @Override
        Structure structure(byte[] bytes, String file) throws DataException {
            return PortableMap.structure(new Fields(bytes, file, ByteOrder.BIG_ENDIAN));
        }
    };

    private final String[] beginnings;

    Form(String beginnings) {
        this.beginnings = beginnings.split("\\|");
    }

    abstract Structure structure(byte[] bytes, String file) throws DataException;

    /** In a beginning, a dot stands for any byte, and a question mark for the number of a portable map. */
    boolean begins(byte[] bytes) {
        for (String beginning : beginnings) {
            byte[] wanted = beginning.getBytes(StandardCharsets.ISO_8859_1);
            boolean same = bytes.length >= wanted.length;
            for (int i = 0; same && i < wanted.length; i++) {
                same = wanted[i] == '.'
                        || (wanted[i] == '?' ? PortableMap.KINDS.indexOf(bytes[i]) >= 0 : wanted[i] == bytes[i]);
            }
            if (same) {
                return true;
            }
        }
        return false;
    }
}
