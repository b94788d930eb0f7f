import torch
from torch import nn

torch.manual_seed(0)
torch.set_num_threads(1)  # un seul fil : partager de si petits calculs coûte plus que les faire

# 512 petites images de 12 x 12 pixels : une tache ronde, sa place et sa taille tirées au hasard.
place = torch.rand(512, 3)  # trois nombres disent tout de chaque image
y, x = torch.meshgrid(torch.arange(12.0), torch.arange(12.0), indexing="ij")
cx, cy, rayon = (place[:, i, None, None] * e + d for i, (e, d) in enumerate([(7, 2), (7, 2), (1.5, 1)]))
images = torch.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * rayon**2)).flatten(1)  # (512, 144)

taille = 3  # le goulot : changez-le !
encodeur = nn.Sequential(nn.Linear(144, 64), nn.SiLU(), nn.Linear(64, taille))
decodeur = nn.Sequential(nn.Linear(taille, 64), nn.SiLU(), nn.Linear(64, 144), nn.Sigmoid())
poids = [*encodeur.parameters(), *decodeur.parameters()]
optimiseur = torch.optim.Adam(poids, lr=5e-3)

for tour in range(601):
    codes = encodeur(images)  # (512, 3)
    rebaties = decodeur(codes)
    perte = (rebaties - images).square().mean()  # la seule consigne : redonner l'image reçue
    optimiseur.zero_grad()
    perte.backward()
    optimiseur.step()
    if tour % 200 == 0:
        print(f"tour {tour} : erreur {perte.item():.5f}")

print("code de la première image :", [round(c, 2) for c in codes[0].tolist()])
