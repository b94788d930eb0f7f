import torch
from torch import nn

torch.manual_seed(0)
torch.set_num_threads(1)  # sharing out such small sums costs more than doing them

# 512 small images of 12 x 12 pixels: a round spot, its place and size drawn at random.
spots = torch.rand(512, 3)  # three numbers say all there is to each image
y, x = torch.meshgrid(torch.arange(12.0), torch.arange(12.0), indexing="ij")
cx, cy, radius = (spots[:, i, None, None] * e + d for i, (e, d) in enumerate([(7, 2), (7, 2), (1.5, 1)]))
images = torch.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * radius**2)).flatten(1)  # (512, 144)

size = 3  # the bottleneck: change it!
encoder = nn.Sequential(nn.Linear(144, 64), nn.SiLU(), nn.Linear(64, size))
decoder = nn.Sequential(nn.Linear(size, 64), nn.SiLU(), nn.Linear(64, 144), nn.Sigmoid())
weights = [*encoder.parameters(), *decoder.parameters()]
optimiser = torch.optim.Adam(weights, lr=5e-3)

for step in range(601):
    codes = encoder(images)  # (512, 3)
    rebuilt = decoder(codes)
    loss = (rebuilt - images).square().mean()  # the only task: give back the image received
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    if step % 200 == 0:
        print(f"step {step}: error {loss.item():.5f}")

print("code of the first image:", [round(c, 2) for c in codes[0].tolist()])
