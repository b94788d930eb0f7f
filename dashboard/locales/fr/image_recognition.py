import torch
from sklearn.datasets import load_digits
from torch import nn

# 1 797 chiffres de 8 × 8 pixels, livrés avec scikit-learn. Les 400 derniers servent au test.
torch.manual_seed(0)
torch.set_num_threads(1)
chiffres = load_digits()
images = torch.tensor(chiffres.images / 16, dtype=torch.float32).unsqueeze(1)  # (1797, 1, 8, 8)
classes = torch.tensor(chiffres.target)
x, y, x_test, y_test = images[:-400], classes[:-400], images[-400:], classes[-400:]

reseau = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding=1),  # 16 noyaux de 3 × 3 : 16 cartes de 8 × 8
    nn.ReLU(),
    nn.MaxPool2d(2),  # 16 cartes de 4 × 4
    nn.Conv2d(16, 32, 3, padding=1),  # des motifs de motifs
    nn.ReLU(),
    nn.AdaptiveAvgPool2d(2),
    nn.Flatten(),
    nn.Linear(128, 10),  # un score par chiffre
)
descente = torch.optim.Adam(reseau.parameters(), lr=0.005)
for epoque in range(12):
    for lot in torch.randperm(len(x)).split(32):
        erreur = nn.functional.cross_entropy(reseau(x[lot]), y[lot])
        descente.zero_grad()
        erreur.backward()
        descente.step()

with torch.no_grad():
    scores = reseau(x_test)
    print(f"{(scores.argmax(1) == y_test).float().mean():.1%} de justes sur 400 images jamais vues")
    # Softmax : des scores aux probabilités. Le plus grand score dit si elle évoque quelque chose d'appris.
    for nom, image in (("un chiffre", x_test[:1]), ("du bruit", torch.rand(1, 1, 8, 8))):
        score = reseau(image)[0]
        p, k = score.softmax(0).topk(3)
        reponses = ", ".join(f"{int(c)} ({q:.0%})" for q, c in zip(p, k))
        print(f"{nom} : {reponses} ; plus grand score {score.max():.1f}")
