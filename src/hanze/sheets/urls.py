from django.urls import path

from hanze.sheets.views import imports, problems

app_name = "sheets"
urlpatterns = [
    path("imports/", imports.import_list, name="import-list"),
    path("imports/new/", imports.import_create, name="import-create"),
    path("imports/<int:pk>/", imports.import_detail, name="import-detail"),
    path("imports/<int:pk>/file/", imports.import_file, name="import-file"),
    path("imports/<int:pk>/problems/", problems.import_problems, name="import-problems"),
    path("imports/<int:pk>/sheets/<int:sheet>/", imports.sheet_columns, name="sheet-columns"),
    path("imports/<int:pk>/compare/", imports.import_compare, name="import-compare"),
    path("imports/<int:pk>/choose/", imports.import_choose, name="import-choose"),
    path("imports/<int:pk>/rows/<int:row>/choose/", imports.row_choose, name="row-choose"),
    path("imports/<int:pk>/bring-in/", imports.import_bring_in, name="import-bring-in"),
    path("imports/<int:pk>/discard/", imports.import_discard, name="import-discard"),
    path("imports/<int:pk>/undo/", imports.import_undo, name="import-undo"),
]
