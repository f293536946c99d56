import * as vscode from "vscode";
import { safeTooltip } from "../ui/safeMarkdown";

/** What a row shows besides its title. */
interface TreeItemLook {
  readonly description?: string;
  readonly icon?: vscode.ThemeIcon;
  readonly context: string;
  readonly tooltip?: vscode.MarkdownString;
  readonly ariaLabel?: string;
  readonly click?: readonly [command: string, ...args: unknown[]];
}

/** Applies the look to the item. The title is the tooltip unless one is given. */
export function decorate(item: vscode.TreeItem, { description, icon: iconPath, context, tooltip, ariaLabel, click }: TreeItemLook): vscode.TreeItem {
  const label = typeof item.label === "string" ? item.label : "";
  if (description !== undefined) item.description = description;
  if (iconPath !== undefined) item.iconPath = iconPath;
  item.contextValue = context;
  item.tooltip = tooltip ?? safeTooltip(label, description === undefined || description === "" ? [] : [description]);
  item.accessibilityInformation = { label: ariaLabel ?? [label, description].filter((part) => part !== undefined && part !== "").join(", ") };
  if (click !== undefined) item.command = { command: click[0], title: label, arguments: click.slice(1) };
  return item;
}

/** A codicon in a theme color. */
export function icon(id: string, color?: string): vscode.ThemeIcon {
  return color === undefined ? new vscode.ThemeIcon(id) : new vscode.ThemeIcon(id, new vscode.ThemeColor(color));
}
