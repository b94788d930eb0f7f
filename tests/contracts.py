"""A kind of contract for import-linter: packages with screens are demonstrations, and are kept apart."""

from grimp import ImportGraph
from importlinter import ContractCheck, fields
from importlinter.contracts.protected import ProtectedContract
from importlinter.domain.imports import ModuleExpression


class Demonstrations(ProtectedContract):
    """As "protected", of each package of `dashboard` that has views, but those that are ``shared``."""

    type_name = "demonstrations"
    protected_modules = fields.SetField(subfield=fields.ModuleExpressionField(), required=False)
    shared = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        views = graph.find_matching_modules("dashboard.*.views")
        packages = {name.removesuffix(".views") for name in views} - self.shared  # type: ignore[operator]
        self.protected_modules = {ModuleExpression(name) for name in packages}
        return super().check(graph, verbose)
