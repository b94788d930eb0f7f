import constriction
import numpy as np
from scipy.fft import dctn, idctn
from skimage import color, data, transform

# Une petite photo grise de 64 x 64 pixels, en blocs de 8 x 8.
photo = transform.resize(color.rgb2gray(data.chelsea()), (64, 64), anti_aliasing=True) * 255
blocks = photo.reshape(8, 8, 8, 8).swapaxes(1, 2)  # (8, 8, 8, 8) : place du bloc, pixels

step = 40  # le pas : changez-le !
patterns = dctn(blocks - 128, axes=(2, 3), norm="ortho")  # des pixels aux motifs
numbers = np.rint(patterns / step).astype(np.int32)  # l'arrondi : la seule perte

# Combien de surprise attend-on de chaque motif ? Ici un tableau ; sur la page, un réseau de neurones.
spread = np.abs(numbers).mean(axis=(0, 1)) + 0.1  # (8, 8)
scales = np.broadcast_to(spread, numbers.shape).ravel().astype(np.float64)
model = constriction.stream.model.QuantizedLaplace(-500, 500)
coder = constriction.stream.queue.RangeEncoder()
coder.encode(numbers.ravel(), model, np.zeros_like(scales), scales)
message = coder.get_compressed()
print("caractères de 6 bits :", -(-32 * len(message) // 6))

received = constriction.stream.queue.RangeDecoder(message).decode(model, np.zeros_like(scales), scales)
redrawn = idctn(received.reshape(numbers.shape) * float(step), axes=(2, 3), norm="ortho") + 128
error = np.mean((redrawn - blocks) ** 2)
print(f"PSNR : {10 * np.log10(255**2 / error):.1f} dB")
